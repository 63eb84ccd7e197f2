#pragma once
/* The main program of a compression library: packs stdin on each level and unpacks it again, or with the argument
   "unpack" unpacks stdin. The library's part is in pack() and unpack(): both return bytes written, or -1. */
#include <string.h>
#include "stdin.h"

static long pack(int level, const unsigned char *in, size_t length, unsigned char *out, size_t capacity);
static long unpack(const unsigned char *in, size_t length, unsigned char *out, size_t capacity);

static int run_codec(int argc, char **argv, const int *levels, int count) {
  size_t length;
  unsigned char *in = read_stdin(&length);
  if (argc > 1 && !strcmp(argv[1], "unpack")) {
    size_t capacity = 300000;
    unsigned char *out = (unsigned char *)calloc(capacity, 1);
    long got = unpack(in, length, out, capacity);
    if (got < 0) {
      puts("refused");
      return 1;
    }
    return fwrite(out, 1, got, stdout) == (size_t)got ? 0 : 2;
  }
  size_t capacity = length + length / 2 + 4096;
  unsigned char *packed = (unsigned char *)malloc(capacity), *back = (unsigned char *)malloc(length + 1);
  for (int i = 0; i < count; i++) {
    long got = pack(levels[i], in, length, packed, capacity);
    if (got < 0) return 3;
    long again = unpack(packed, got, back, length + 1);
    printf("level %d: %ld bytes, digest %08x, %s\n", levels[i], got, digest(packed, got),
           again == (long)length && !memcmp(in, back, length) ? "comes back" : "LOST");
    if (i == count - 1) fwrite(packed, 1, got, stdout);
  }
  return 0;
}
