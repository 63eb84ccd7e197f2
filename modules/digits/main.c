/* Reads handwritten digits: for every image of a unit the digit it shows. See README.md. */
#include <stdint.h>
#include <stdio.h>

#include "weights.h"

/* What the hidden neurons answer to an image: sums that are positive, scaled down. */
static void activate(const uint8_t *pixels, int32_t *active) {
  const int8_t *weights = hidden_weights;
  for (int neuron = 0; neuron < HIDDEN; neuron++, weights += PIXELS) {
    int32_t sum = hidden_biases[neuron];
    for (int i = 0; i < PIXELS; i++) sum += weights[i] * pixels[i];
    active[neuron] = sum > 0 ? sum >> SHIFT : 0;
  }
}

/* The digit with the highest score; *lead is how far ahead of the second it is, in hundredths of log-odds. */
static int classify(const uint8_t *pixels, int32_t *lead) {
  int32_t active[HIDDEN], best = INT32_MIN, second = INT32_MIN;
  int digit = 0;
  activate(pixels, active);
  for (int candidate = 0; candidate < DIGITS; candidate++) {
    int32_t score = output_biases[candidate];
    for (int i = 0; i < HIDDEN; i++) score += output_weights[candidate * HIDDEN + i] * active[i];
    if (score > best) {
      second = best;
      best = score;
      digit = candidate;
    } else if (score > second) {
      second = score;
    }
  }
  *lead = (int32_t)(((int64_t)best - second) * 100 / SCORE_UNIT);
  return digit;
}

static int fail(const char *problem) {
  fprintf(stderr, "digits: %s\n", problem);
  return 2;
}

int main(void) {
  uint8_t head[4], pixels[PIXELS];
  if (fread(head, 1, sizeof head, stdin) != sizeof head) return fail("the input has no image count");
  uint32_t count = (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 | (uint32_t)head[2] << 8 | head[3];
  for (uint32_t image = 0; image < count; image++) {
    if (fread(pixels, 1, PIXELS, stdin) != PIXELS) return fail("the input ends within an image");
    int32_t lead;
    int digit = classify(pixels, &lead);
    printf("%d\t%d\n", digit, (int)lead);
  }
  if (getchar() != EOF) return fail("the input goes on after its last image");
  return 0;
}
