#include <string.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include "../stdin.h"

static int decode(const unsigned char *in, size_t length) {
  int width, height;
  if (!WebPGetInfo(in, length, &width, &height)) {
    puts("no picture");
    return 1;
  }
  printf("%d x %d\n", width, height);
  uint8_t *pixels = WebPDecodeRGBA(in, length, &width, &height);
  if (!pixels) {
    puts("broken picture");
    return 1;
  }
  printf("pixels %08x\n", digest(pixels, (size_t)width * height * 4));
  WebPFree(pixels);
  return 0;
}

static void encode(const char *name, size_t size, uint8_t *picture) {
  printf("%s: %d bytes, digest %08x\n", name, (int)size, digest(picture, size));
  if (size) decode(picture, size);
  WebPFree(picture);
}

/* stdin: u16 width, u16 height (little-endian), RGBA. Encodes without and with loss; "unpack" decodes a WebP file. */
int main(int argc, char **argv) {
  size_t length;
  unsigned char *in = read_stdin(&length);
  if (argc > 1 && !strcmp(argv[1], "unpack")) return decode(in, length);
  if (length < 4) return 2;
  int width = in[0] | in[1] << 8, height = in[2] | in[3] << 8;
  if (width == 0 || height == 0 || (size_t)width * height * 4 + 4 > length) {
    puts("too short");
    return 3;
  }
  uint8_t *out = NULL;
  size_t size = WebPEncodeLosslessRGBA(in + 4, width, height, width * 4, &out);
  encode("lossless", size, out);
  for (int quality = 10; quality <= 90; quality += 40) {
    char name[16];
    snprintf(name, sizeof name, "quality %d", quality);
    size = WebPEncodeRGBA(in + 4, width, height, width * 4, quality, &out);
    encode(name, size, out);
  }
  return 0;
}
