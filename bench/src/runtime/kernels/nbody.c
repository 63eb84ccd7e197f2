// Floats: planets that attract each other, with roots and divisions.
#include <math.h>
#include <stdio.h>

enum { BODIES = 5, TURNS = 2500000 };

typedef struct {
  double x[3], v[3], mass;
} Body;

static Body bodies[BODIES] = {
    {{0, 0, 0}, {0, 0, 0}, 39.47},
    {{4.84, -1.16, -0.10}, {0.606, 2.81, -0.02}, 0.037},
    {{8.34, 4.12, -0.40}, {-1.01, 1.82, 0.008}, 0.011},
    {{12.89, -15.11, -0.22}, {1.08, 0.868, -0.010}, 0.0017},
    {{15.37, -25.91, 0.179}, {0.979, 0.594, -0.034}, 0.0020},
};

static void advance(double time) {
  for (int i = 0; i < BODIES; i++) {
    for (int j = i + 1; j < BODIES; j++) {
      double d[3], square = 0;
      for (int k = 0; k < 3; k++) {
        d[k] = bodies[i].x[k] - bodies[j].x[k];
        square += d[k] * d[k];
      }
      double strength = time / (square * sqrt(square));
      for (int k = 0; k < 3; k++) {
        bodies[i].v[k] -= d[k] * bodies[j].mass * strength;
        bodies[j].v[k] += d[k] * bodies[i].mass * strength;
      }
    }
  }
  for (int i = 0; i < BODIES; i++)
    for (int k = 0; k < 3; k++) bodies[i].x[k] += time * bodies[i].v[k];
}

int main(void) {
  for (int turn = 0; turn < TURNS; turn++) advance(0.001);
  printf("%a %a\n", bodies[0].x[0], bodies[4].x[2]);
}
