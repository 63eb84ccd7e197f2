#include <zlib.h>
#include "../codec.h"

static long pack(int level, const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  uLongf got = capacity;
  printf("crc32 %08x adler32 %08x\n", (unsigned)crc32(0, in, length), (unsigned)adler32(1, in, length));
  return compress2(out, &got, in, length, level) == Z_OK ? (long)got : -1;
}

static long unpack(const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  uLongf got = capacity;
  int status = uncompress(out, &got, in, length);
  if (status != Z_OK) printf("status %d after %ld bytes\n", status, (long)got);
  return status == Z_OK ? (long)got : -1;
}

int main(int argc, char **argv) {
  static const int levels[] = {0, 1, 3, 9, 6};
  return run_codec(argc, argv, levels, 5);
}
