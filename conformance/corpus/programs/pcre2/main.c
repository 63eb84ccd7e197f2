#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>
#include "../stdin.h"

static void say_error(const char *what, int code, int at) {
  PCRE2_UCHAR text[200];
  pcre2_get_error_message(code, text, sizeof text);
  printf("%s: %s (%d)\n", what, text, at);
}

/* A pattern on every match of a text: what each group caught, and the text with the matches put into brackets. */
static int apply(const char *pattern, const char *text) {
  int code;
  PCRE2_SIZE at;
  size_t length = strlen(text);
  pcre2_code *regex = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &code, &at, NULL);
  if (!regex) {
    say_error("pattern", code, (int)at);
    return 1;
  }
  pcre2_match_data *match = pcre2_match_data_create_from_pattern(regex, NULL);
  for (PCRE2_SIZE from = 0; from <= length;) {
    int groups = pcre2_match(regex, (PCRE2_SPTR)text, length, from, 0, match, NULL);
    if (groups < 0) {
      if (groups != PCRE2_ERROR_NOMATCH) say_error("match", groups, (int)from);
      break;
    }
    PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match);
    for (int i = 0; i < groups; i++)
      printf("%s%d-%d", i ? " " : "match ", (int)ends[2 * i], (int)ends[2 * i + 1]);
    putchar('\n');
    from = ends[1] > ends[0] ? ends[1] : ends[1] + 1;
    while (from < length && (text[from] & 0xc0) == 0x80) from++;
  }
  static PCRE2_UCHAR out[1 << 16];
  PCRE2_SIZE size = sizeof out;
  code = pcre2_substitute(regex, (PCRE2_SPTR)text, length, 0, PCRE2_SUBSTITUTE_GLOBAL, match, NULL, (PCRE2_SPTR) "[$0]",
                          PCRE2_ZERO_TERMINATED, out, &size);
  if (code < 0)
    say_error("substitute", code, 0);
  else
    printf("%d: %.*s\n", code, (int)size, (char *)out);
  pcre2_match_data_free(match);
  pcre2_code_free(regex);
  return 0;
}

/* Lines of stdin in turn: a pattern, then the text that it is for. */
int main(void) {
  size_t length;
  char *in = (char *)read_stdin(&length), *pattern = NULL;
  int refused = 0;
  for (char *line = strtok(in, "\n"); line; line = strtok(NULL, "\n")) {
    if (pattern) refused += apply(pattern, line);
    pattern = pattern ? NULL : line;
  }
  return refused > 0;
}
