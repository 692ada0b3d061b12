// Loaded into an agent that waits as long as an answer's Retry-After says, time and again, and cannot be told to do so
// less often: makes its waits 50 times shorter, so that the test sees the end of them.
const { setTimeout: later } = globalThis;
const shorter = (wait) => (wait > 1_000 && wait <= 60_000 ? wait / 50 : wait);
globalThis.setTimeout = Object.assign((then, wait, ...rest) => later(then, shorter(wait), ...rest), later);

// What makes it a plugin of opencode's.
export const Hurry = async () => ({});
