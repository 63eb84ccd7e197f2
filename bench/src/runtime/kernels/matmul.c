// Floats over memory: products of matrices in single precision.
#include <stdio.h>

enum { N = 320, TURNS = 25 };

static float a[N][N], b[N][N], c[N][N];

int main(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) a[i][j] = (float)((i * 7 + j) % 13) / 13, b[i][j] = (float)((i + j * 5) % 11) / 11;
  for (int turn = 0; turn < TURNS; turn++) {
    for (int i = 0; i < N; i++)
      for (int k = 0; k < N; k++)
        for (int j = 0; j < N; j++) c[i][j] += a[i][k] * b[k][j];
    a[turn][turn] += c[turn][N - 1 - turn] / 1000;
  }
  double sum = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) sum += c[i][j];
  printf("%a\n", sum);
}
