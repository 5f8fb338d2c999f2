// Every stream counts samples with a clock of its own: it runs a few parts per million fast or slow, may wander around
// that, and may start a moment after the others. Everything that happens, happens in true time; clocks say at which
// (fractional) sample.

export interface Clock {
  /** True mean rate, samples per s. */
  readonly rate: number;
  /** The sample position at a true time in s. */
  positionAt(time: number): number;
  /** The true time of a sample position. */
  timeAt(position: number): number;
}

export interface ClockErrors {
  /** Of the mean rate, parts per million. */
  readonly ppm: number;
  /** How far the rate swings around its mean, and over how long. */
  readonly wanderPpm: number;
  readonly wanderPeriodS: number;
  /** True time of sample 0. */
  readonly startS: number;
}

export function makeClock(nominalRate: number, errors: ClockErrors): Clock {
  const rate = nominalRate * (1 + errors.ppm * 1e-6);
  const turn = (2 * Math.PI) / errors.wanderPeriodS;
  const swing = (errors.wanderPpm * 1e-6) / turn;
  /** Seconds that the clock is ahead: the integral of a sinusoidal rate error. */
  const lead = (time: number) => swing * (1 - Math.cos(turn * time));
  return {
    rate,
    positionAt: (time) => rate * (time - errors.startS + lead(time)),
    timeAt(position) {
      const steady = position / rate + errors.startS;
      let time = steady;
      // The lead changes by parts per million of the step: three rounds are exact to double precision.
      for (let round = 0; round < 3; round++) time = steady - lead(time);
      return time;
    },
  };
}

/** A clock that ticks once every `factor` ticks of another, together with it. */
export function dividedClock(clock: Clock, factor: number): Clock {
  return {
    rate: clock.rate / factor,
    positionAt: (time) => clock.positionAt(time) / factor,
    timeAt: (position) => clock.timeAt(position * factor),
  };
}

/** The first whole sample at or after a true time. */
export function firstSampleFrom(clock: Clock, time: number): number {
  // A pulse that starts exactly on a sample must not slip to the next one by rounding.
  return Math.ceil(clock.positionAt(time) - 1e-6);
}
