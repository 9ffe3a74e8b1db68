/**
 * What is left of a name for who reads it in a hurry: those that look alike have one skeleton. Source: Unicode's
 * confusables.txt (UTS #39), of letters in either case and digits, where also "rn" is "m"; hyphens are not heard.
 */
export const skeletonOf = (name: string): string =>
  name.toUpperCase().replaceAll("-", "").replaceAll("0", "O").replaceAll(/[1L]/g, "I").replaceAll("M", "RN");
