import type { Minute } from './traffic.js';

/** A bar chart in the units of its own `viewBox`. */
export interface Chart {
  width: number;
  height: number;
  /** Height at which the line that the bars stand on is drawn. */
  base: number;
  /** What the top line stands for. */
  most: number;
  bars: Bar[];
}

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  outcome: 'answered' | 'refused' | 'failed';
}

const OUTCOMES = ['answered', 'refused', 'failed'] as const;
const WIDTH = 720;
const HEIGHT = 180;
const GAP = 6;

/** A bar for each minute, its outcomes on top of one another. */
export function chartOf(minutes: readonly Minute[]): Chart {
  const most = Math.max(4, ...minutes.map(totalOf));
  const step = WIDTH / minutes.length;
  const bars = minutes.flatMap((minute, index) => {
    let top = HEIGHT;
    return OUTCOMES.filter((outcome) => minute[outcome] > 0).map((outcome) => {
      const height = rounded((minute[outcome] / most) * HEIGHT);
      top -= height;
      return { x: rounded(index * step + GAP / 2), y: rounded(top), width: step - GAP, height, outcome };
    });
  });
  return { width: WIDTH, height: HEIGHT, base: HEIGHT - 0.5, most, bars };
}

export function totalOf({ answered, refused, failed }: Minute): number {
  return answered + refused + failed;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
