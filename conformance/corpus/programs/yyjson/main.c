#include <yyjson.h>
#include "../stdin.h"

static void count(yyjson_val *value, int depth, int *values, int *deepest) {
  ++*values;
  if (depth > *deepest) *deepest = depth;
  size_t at, last;
  yyjson_val *key, *item;
  if (yyjson_is_arr(value)) yyjson_arr_foreach(value, at, last, item) count(item, depth + 1, values, deepest);
  if (yyjson_is_obj(value)) yyjson_obj_foreach(value, at, last, key, item) count(item, depth + 1, values, deepest);
}

/* Reads stdin as JSON and writes it short and long, or says where it is wrong. */
int main(void) {
  size_t length;
  char *in = (char *)read_stdin(&length);
  yyjson_read_err error;
  yyjson_doc *document = yyjson_read_opts(in, length, YYJSON_READ_ALLOW_INF_AND_NAN, NULL, &error);
  if (!document) {
    printf("error %u at %d: %s\n", error.code, (int)error.pos, error.msg);
    return 1;
  }
  int values = 0, deepest = 0;
  count(yyjson_doc_get_root(document), 1, &values, &deepest);
  printf("%d values, %d deep\n", values, deepest);
  char *shortest = yyjson_write(document, YYJSON_WRITE_ALLOW_INF_AND_NAN, NULL);
  char *pretty = yyjson_write(document, YYJSON_WRITE_ALLOW_INF_AND_NAN | YYJSON_WRITE_PRETTY | YYJSON_WRITE_ESCAPE_UNICODE, NULL);
  if (!shortest || !pretty) return 2;
  puts(shortest);
  puts(pretty);
  return 0;
}
