import { readFileSync } from 'node:fs';
import { PIXELS } from '../digits/data.js';

/** The network of digits/weights.h, computed a second time in TypeScript. */
export class DigitsReference {
  readonly #header = readFileSync(new URL('../../digits/weights.h', import.meta.url), 'utf8');
  readonly #shift = this.#constant('SHIFT');
  readonly #unit = this.#constant('SCORE_UNIT');
  readonly #hidden = { weights: this.#array('hidden_weights'), biases: this.#array('hidden_biases') };
  readonly #output = { weights: this.#array('output_weights'), biases: this.#array('output_biases') };

  /** The lines a unit's output must have for its input. */
  lines(input: Uint8Array): string {
    let lines = '';
    for (let at = 4; at < input.length; at += PIXELS) {
      lines += this.#line(Array.from(input.subarray(at, at + PIXELS)));
    }
    return lines;
  }

  #line(pixels: readonly number[]): string {
    const active = sums(this.#hidden, pixels).map((sum) => Math.max(0, sum) >> this.#shift);
    const scores = sums(this.#output, active);
    const [best = 0, second = 0] = scores.toSorted((a, b) => b - a);
    return `${scores.indexOf(best)}\t${Math.trunc(((best - second) * 100) / this.#unit)}\n`;
  }

  #constant(name: string): number {
    return Number(new RegExp(`#define ${name} (\\d+)`).exec(this.#header)?.[1]);
  }

  #array(name: string): number[] {
    const text = new RegExp(` ${name}\\[.*?\\{([^}]*)\\}`).exec(this.#header)?.[1] ?? '';
    return text.split(',').map(Number);
  }
}

interface IntegerLayer {
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

function sums({ weights, biases }: IntegerLayer, inputs: readonly number[]): number[] {
  return biases.map((bias, row) =>
    inputs.reduce((sum, input, i) => sum + input * (weights[row * inputs.length + i] ?? Number.NaN), bias),
  );
}
