#include <brotli/decode.h>
#include <brotli/encode.h>
#include "../codec.h"

static long pack(int level, const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  size_t got = capacity;
  return BrotliEncoderCompress(level, 18, BROTLI_MODE_GENERIC, length, in, &got, out) ? (long)got : -1;
}

static long unpack(const unsigned char *in, size_t length, unsigned char *out, size_t capacity) {
  size_t got = capacity;
  BrotliDecoderResult status = BrotliDecoderDecompress(length, in, &got, out);
  return status == BROTLI_DECODER_RESULT_SUCCESS ? (long)got : -1;
}

int main(int argc, char **argv) {
  static const int levels[] = {0, 2, 5, 9};
  return run_codec(argc, argv, levels, 4);
}
