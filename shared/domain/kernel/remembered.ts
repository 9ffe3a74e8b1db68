/**
 * As `make`, which is asked again only about something else than the last time: for what is the same from call to call.
 * What was made is handed out again, so it must not be changed.
 */
export function remembered<K, T>(make: (of: K) => T): (of: K) => T {
  let last: { readonly of: K; readonly made: T } | undefined;
  return (of) => {
    if (last === undefined || last.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}
