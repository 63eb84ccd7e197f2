#include <zstd.h>
#include "../codec.h"

static long pack(int level, const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  size_t got = ZSTD_compress(out, capacity, in, length, level);
  return ZSTD_isError(got) ? -1 : (long)got;
}

static long unpack(const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  size_t got = ZSTD_decompress(out, capacity, in, length);
  if (ZSTD_isError(got)) puts(ZSTD_getErrorName(got));
  return ZSTD_isError(got) ? -1 : (long)got;
}

int main(int argc, char **argv) {
  static const int levels[] = {-5, 1, 5, 12, 19, 3};
  return run_codec(argc, argv, levels, 6);
}
