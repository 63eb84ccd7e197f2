/* The Mandelbulb of power 8: the points whose orbit z -> z^8 + c stays near. */
#ifndef BULB_H
#define BULB_H
#include "vec.h"

/* No point of the set is farther from its middle. */
#define BULB_RADIUS 1.25
#define ORBIT_STEPS 5
/* The set lies on its side by 65 degrees. */
#define TILT_COS 0.42261826174069944
#define TILT_SIN 0.90630778703664996

/* How near the orbit came to the planes and to the middle: what the colours are made of. */
typedef struct {
  double x, y, z, middle;
} trap;

/* A lower bound of the distance from p to the set. The eighth power of a "triplex" number is written out as
   polynomials, so that no angle has to be computed. */
static double bulb_distance(vec p, trap *near) {
  vec c = v3(p.x, TILT_COS * p.y + TILT_SIN * p.z, TILT_COS * p.z - TILT_SIN * p.y);
  vec w = c;
  double m = dot(w, w), dz = 1;
  *near = (trap){fabs(w.x), fabs(w.y), fabs(w.z), m};
  for (int i = 0; i < ORBIT_STEPS; i++) {
    dz = 8 * m * m * m * sqrt(m) * dz + 1;
    double x = w.x, x2 = x * x, x4 = x2 * x2;
    double y = w.y, y2 = y * y, y4 = y2 * y2;
    double z = w.z, z2 = z * z, z4 = z2 * z2;
    double k3 = x2 + z2 + 1e-12, k33 = k3 * k3 * k3;
    double k2 = 1 / (k33 * sqrt(k3));
    double k1 = x4 + y4 + z4 - 6 * y2 * z2 - 6 * x2 * y2 + 2 * z2 * x2;
    double k4 = x2 - y2 + z2;
    double odd = x4 - 6 * x2 * z2 + z4;
    double even = x4 * x4 - 28 * x4 * x2 * z2 + 70 * x4 * z4 - 28 * x2 * z2 * z4 + z4 * z4;
    w = v3(c.x + 64 * x * y * z * (x2 - z2) * k4 * odd * k1 * k2,
           c.y - 16 * y2 * k3 * k4 * k4 + k1 * k1,
           c.z - 8 * y * k4 * even * k1 * k2);
    m = dot(w, w);
    near->x = fmin(near->x, fabs(w.x));
    near->y = fmin(near->y, fabs(w.y));
    near->z = fmin(near->z, fabs(w.z));
    near->middle = fmin(near->middle, m);
    if (m > 256) break;
  }
  return 0.25 * log(m) * sqrt(m) / dz;
}

#endif
