/* Renders one tile of a picture: a Mandelbulb rising from still water in the evening. See README.md. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "bulb.h"
#include "png.h"
#include "vec.h"

#define WATER (-0.42)
#define MAX_SIDE 16384u
#define MAX_TILE_PIXELS 160000u
#define SAMPLES 4

static const vec SUN = {0.7352, 0.3124, 0.6016};
static const vec SUN_COLOUR = {1.75, 1.02, 0.52};
static const vec SKY_COLOUR = {0.30, 0.42, 0.62};

typedef struct {
  uint32_t width, height, left, top, tile_width, tile_height;
  double turn;
} job;

typedef struct {
  vec eye, right, up, forward;
} camera;

/* The light that comes from direction d where nothing is in the way. */
static vec sky(vec d) {
  double h = clamp(d.y, 0, 1);
  vec colour = mix(v3(1.05, 0.40, 0.14), v3(0.46, 0.22, 0.34), smooth(0, 0.24, h));
  colour = mix(colour, v3(0.045, 0.075, 0.20), smooth(0.06, 0.62, h));
  double sun = clamp(dot(d, SUN), 0, 1);
  double glow = sun * sun * sun * sun;
  colour = add(colour, scale(v3(1.0, 0.52, 0.22), 0.45 * glow * glow));
  colour = add(colour, scale(v3(1.0, 0.75, 0.45), 1.6 * smooth(0.9985, 0.9994, sun)));
  return colour;
}

/* Where a ray enters the sphere around the bulb; negative when it does not. */
static double enter_bound(vec from, vec d, double *leave) {
  double b = dot(from, d), c = dot(from, from) - BULB_RADIUS * BULB_RADIUS, h = b * b - c;
  if (h < 0) return -1;
  h = sqrt(h);
  *leave = -b + h;
  return *leave < 0 ? -1 : fmax(-b - h, 0);
}

/* Distance along the ray to the bulb, or -1 when it is farther than `most`. `pixel` is a pixel's width one unit away:
   detail below it is skipped. */
static double march(vec from, vec d, double most, double pixel, trap *near) {
  double leave, t = enter_bound(from, d, &leave);
  if (t < 0) return -1;
  leave = fmin(leave, most);
  for (int i = 0; i < 160 && t < leave; i++) {
    double distance = bulb_distance(along(from, d, t), near);
    if (distance < 0.35 * pixel * t + 1e-5) return t;
    t += distance;
  }
  return -1;
}

/* How much of the sun's disc is seen from a point, 0 to 1. */
static double sunlight(vec from) {
  double leave, lit = 1, t = enter_bound(from, SUN, &leave);
  if (t < 0) return 1;
  trap ignored;
  t = fmax(t, 0.004);
  for (int i = 0; i < 48 && t < leave; i++) {
    double distance = bulb_distance(along(from, SUN, t), &ignored);
    lit = fmin(lit, 24 * distance / t);
    if (lit < 0.01) return 0;
    t += clamp(distance, 0.004, 0.2);
  }
  return lit;
}

static vec bulb_normal(vec p, double e) {
  trap ignored;
  vec n = v3(0, 0, 0);
  for (int i = 0; i < 4; i++) {
    vec k = v3(i & 1 ? 1 : -1, i & 2 ? 1 : -1, (i == 0 || i == 3) ? 1 : -1);
    n = add(n, scale(k, bulb_distance(along(p, k, e), &ignored)));
  }
  return unit(n);
}

/* How much of the sky a point sees, 0 to 1: free space along the normal against what a plane would leave. */
static double openness(vec p, vec n) {
  trap ignored;
  double closed = 0, weight = 1;
  for (double h = 0.01; h < 0.3; h *= 2.6) {
    closed += weight * fmax(h - bulb_distance(along(p, n, h), &ignored), 0) / h;
    weight *= 0.75;
  }
  return clamp(1 - 0.42 * closed, 0, 1);
}

static vec bulb_colour(trap near) {
  vec colour = v3(0.34, 0.17, 0.08);
  colour = mix(colour, v3(0.02, 0.26, 0.30), smooth(0.02, 0.42, near.x));
  colour = mix(colour, v3(0.62, 0.34, 0.10), smooth(0.08, 0.50, near.z));
  colour = mix(colour, v3(0.42, 0.04, 0.05), smooth(0.20, 0.65, near.y));
  return colour;
}

static vec shade_bulb(vec p, vec d, double t, double pixel, trap near) {
  vec n = bulb_normal(p, fmax(0.5 * pixel * t, 2e-5));
  vec albedo = bulb_colour(near);
  double open = openness(p, n);
  double reach = clamp(dot(n, SUN), 0, 1);
  double sun = reach > 0 ? reach * sunlight(along(p, n, 1e-3)) : 0;
  double above = 0.5 + 0.5 * n.y;
  vec half = unit(sub(SUN, d));
  double gloss = pow(clamp(dot(n, half), 0, 1), 40) * sun;
  double rim = pow(clamp(1 + dot(n, d), 0, 1), 3);
  vec light = scale(SUN_COLOUR, 1.5 * sun);
  light = add(light, scale(SKY_COLOUR, 1.15 * above * open));
  light = add(light, scale(v3(0.85, 0.42, 0.22), 0.45 * (1 - above) * open));
  vec colour = mul(albedo, light);
  colour = add(colour, scale(SUN_COLOUR, 0.5 * gloss));
  return add(colour, scale(sky(reflect(d, n)), 0.25 * rim * open));
}

/* The slope of the water: a few long and a few short waves. */
static vec water_normal(vec p, double t) {
  double calm = 0.020 / (1 + 0.10 * t * t);
  double x = sin(9 * p.x + 4 * p.z) + 0.6 * sin(23 * p.x - 17 * p.z + 1) + 0.4 * sin(51 * p.x + 37 * p.z);
  double z = sin(8 * p.z - 3 * p.x + 2) + 0.6 * sin(27 * p.z + 13 * p.x) + 0.4 * sin(47 * p.z - 41 * p.x + 3);
  return unit(v3(calm * x, 1, calm * z));
}

static vec haze(vec colour, vec d, double t) {
  double thickness = 1 - exp(-0.022 * t);
  return mix(colour, sky(unit(v3(d.x, 0.03, d.z))), thickness);
}

static vec trace_above(vec from, vec d, double pixel) {
  trap near;
  double t = march(from, d, INFINITY, pixel, &near);
  if (t < 0) return sky(d);
  return haze(shade_bulb(along(from, d, t), d, t, pixel, near), d, t);
}

static vec trace(vec from, vec d, double pixel) {
  trap near;
  double surface = d.y < 0 ? (WATER - from.y) / d.y : INFINITY;
  double t = march(from, d, surface, pixel, &near);
  if (t >= 0) return haze(shade_bulb(along(from, d, t), d, t, pixel, near), d, t);
  if (d.y >= 0) return sky(d);
  vec p = along(from, d, surface), n = water_normal(p, surface);
  double facing = clamp(-dot(n, d), 0, 1), away = 1 - facing;
  double mirror = 0.03 + 0.97 * away * away * away * away * away;
  vec up = reflect(d, n);
  up.y = fabs(up.y) + 1e-4;
  vec below = v3(0.010, 0.035, 0.050);
  vec colour = mix(below, trace_above(p, unit(up), 2 * pixel), 0.12 + 0.88 * mirror);
  return haze(colour, d, surface);
}

static camera aim(double turn) {
  camera c;
  vec target = v3(0, 0.16, 0);
  c.eye = v3(2.35 * sin(turn), 0.16, 2.35 * cos(turn));
  c.forward = unit(sub(target, c.eye));
  c.right = unit(cross(c.forward, v3(0, 1, 0)));
  c.up = cross(c.right, c.forward);
  return c;
}

/* A film's answer to light: soft shoulders, then the screen's curve; 0 to 255. */
static uint8_t develop(double light) {
  double x = 1.1 * fmax(light, 0);
  double film = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14);
  return (uint8_t)(255 * pow(clamp(film, 0, 1), 1 / 2.2) + 0.5);
}

static void render_pixel(const job *j, const camera *c, uint32_t column, uint32_t row, uint8_t *rgb) {
  static const double offsets[SAMPLES][2] = {{0.125, 0.625}, {0.375, 0.125}, {0.625, 0.875}, {0.875, 0.375}};
  const double focal = 1.75;
  vec light = v3(0, 0, 0);
  double u = 0, v = 0;
  for (int s = 0; s < SAMPLES; s++) {
    u = (2 * (column + offsets[s][0]) - j->width) / j->height;
    v = (j->height - 2 * (row + offsets[s][1])) / j->height;
    vec d = add(add(scale(c->right, u), scale(c->up, v)), scale(c->forward, focal));
    vec seen = trace(c->eye, unit(d), 2 / (focal * j->height));
    light = add(light, scale(seen, 1.0 / SAMPLES));
  }
  double vignette = 1 - 0.10 * (u * u + v * v);
  rgb[0] = develop(light.x * vignette);
  rgb[1] = develop(light.y * vignette);
  rgb[2] = develop(light.z * vignette);
}

static int read_job(job *j) {
  int degrees = 0;
  int got = scanf("%" SCNu32 " %" SCNu32 " %" SCNu32 " %" SCNu32 " %" SCNu32 " %" SCNu32 " %d", &j->width,
                  &j->height, &j->left, &j->top, &j->tile_width, &j->tile_height, &degrees);
  j->turn = degrees * (M_PI / 180);
  return got >= 6 && j->width && j->height && j->tile_width && j->tile_height && j->width <= MAX_SIDE &&
         j->height <= MAX_SIDE && j->left < j->width && j->top < j->height &&
         j->tile_width <= j->width - j->left && j->tile_height <= j->height - j->top &&
         j->tile_width <= MAX_TILE_PIXELS / j->tile_height;
}

int main(void) {
  job j;
  if (!read_job(&j)) {
    fputs("give: width height left top tile-width tile-height [degrees], the tile inside the picture\n", stderr);
    return 2;
  }
  size_t stride = 3 * (size_t)j.tile_width + 1;
  uint8_t *rows = calloc(j.tile_height, stride);
  if (!rows) return 3;
  camera c = aim(j.turn);
  for (uint32_t y = 0; y < j.tile_height; y++)
    for (uint32_t x = 0; x < j.tile_width; x++)
      render_pixel(&j, &c, j.left + x, j.top + y, rows + y * stride + 1 + 3 * x);
  return png_write(stdout, j.tile_width, j.tile_height, rows) ? 4 : 0;
}
