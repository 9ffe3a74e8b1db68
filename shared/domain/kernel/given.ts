/** The fields of a PATCH that were sent: what was left out stays as it is. */
export type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

export const givenOf = <T extends object>(sent: T): Given<T> =>
  Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Given<T>;
