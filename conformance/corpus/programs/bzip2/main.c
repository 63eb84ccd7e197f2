#include <bzlib.h>
#include "../codec.h"

/* The library reports its own faults here where BZ_NO_STDIO is defined. */
void bz_internal_error(int code) { exit(80 + code % 10); }

static long pack(int level, const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  unsigned got = capacity;
  return BZ2_bzBuffToBuffCompress((char *)out, &got, (char *)in, length, level, 0, 30) == BZ_OK ? (long)got : -1;
}

static long unpack(const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  unsigned got = capacity;
  int status = BZ2_bzBuffToBuffDecompress((char *)out, &got, (char *)in, length, 0, 0);
  if (status != BZ_OK) printf("status %d\n", status);
  return status == BZ_OK ? (long)got : -1;
}

int main(int argc, char **argv) {
  static const int levels[] = {1, 9};
  return run_codec(argc, argv, levels, 2);
}
