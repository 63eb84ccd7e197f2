#include <quickjs.h>
#include <string.h>
#include "../stdin.h"

static JSValue print(JSContext *context, JSValueConst this, int count, JSValueConst *values) {
  for (int i = 0; i < count; i++) {
    const char *text = JS_ToCString(context, values[i]);
    if (!text) return JS_EXCEPTION;
    printf("%s%s", i ? " " : "", text);
    JS_FreeCString(context, text);
  }
  putchar('\n');
  return JS_UNDEFINED;
}

static int say_exception(JSContext *context) {
  JSValue error = JS_GetException(context);
  const char *text = JS_ToCString(context, error);
  printf("uncaught %s\n", text ? text : "what has no text");
  return 1;
}

/* Runs stdin as a script with a function print(), then what it promised. */
int main(void) {
  size_t length;
  char *in = (char *)read_stdin(&length);
  JSRuntime *runtime = JS_NewRuntime();
  JSContext *context = JS_NewContext(runtime), *pending;
  JS_SetMemoryLimit(runtime, 8 << 20);
  JSValue global = JS_GetGlobalObject(context);
  JS_SetPropertyStr(context, global, "print", JS_NewCFunction(context, print, "print", 1));
  if (JS_IsException(JS_Eval(context, in, length, "stdin", JS_EVAL_TYPE_GLOBAL))) return say_exception(context);
  int jobs;
  while ((jobs = JS_ExecutePendingJob(runtime, &pending)) > 0) continue;
  return jobs < 0 ? say_exception(pending) : 0;
}
