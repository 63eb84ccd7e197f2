#include <kiss_fft.h>
#include <kiss_fftr.h>
#include <string.h>
#include "../stdin.h"

static unsigned bits(float value) {
  unsigned out;
  memcpy(&out, &value, sizeof out);
  return out;
}

/* Takes stdin as little-endian 16 bit samples: their spectrum, real and complex, and the samples made of it again. */
int main(void) {
  size_t length;
  unsigned char *in = read_stdin(&length);
  int samples = (int)(length / 4) * 2;
  if (samples == 0) {
    puts("no samples");
    return 1;
  }
  float *signal = malloc(samples * sizeof *signal), *back = malloc(samples * sizeof *back);
  kiss_fft_cpx *spectrum = malloc((samples / 2 + 1) * sizeof *spectrum);
  kiss_fft_cpx *twice = malloc(samples * sizeof *twice), *all = malloc(samples * sizeof *all);
  for (int i = 0; i < samples; i++) signal[i] = (short)(in[2 * i] | in[2 * i + 1] << 8) / 32768.0f;
  kiss_fftr(kiss_fftr_alloc(samples, 0, NULL, NULL), signal, spectrum);
  kiss_fftri(kiss_fftr_alloc(samples, 1, NULL, NULL), spectrum, back);
  for (int i = 0; i < samples; i++) twice[i] = (kiss_fft_cpx){signal[i], back[i] / samples};
  kiss_fft(kiss_fft_alloc(samples, 0, NULL, NULL), twice, all);
  printf("%d samples, spectrum %08x, back %08x, complex %08x\n", samples,
         digest(spectrum, (samples / 2 + 1) * sizeof *spectrum), digest(back, samples * sizeof *back),
         digest(all, samples * sizeof *all));
  for (int i = 0; i <= samples / 2; i += samples / 32 + 1)
    printf("%d %08x %08x %.6f\n", i, bits(spectrum[i].r), bits(spectrum[i].i), back[i] / samples);
  return 0;
}
