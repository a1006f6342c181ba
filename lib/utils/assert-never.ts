/** Makes a switch exhaustive: a case that is missing is a type error, and at run time an exception. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
