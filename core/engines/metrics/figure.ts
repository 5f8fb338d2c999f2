// What a metric of a unit comes to.

/** A number or, where it is undefined, the reason in a few words. */
export type Figure = number | string;
