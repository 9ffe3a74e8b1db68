/** Letters and digits that cannot be mistaken for each other. Without zod, so that the click path can carry it. */
export const CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ";
/** 53 symbols, 10 of them: 57 bits. */
export const CODE_LENGTH = 10;
/**
 * Source of the regular expression of a code: drawn, or a brand's prefix and a slug, which the hyphen tells apart.
 * `infra/edge/link-request.js` has to spell it again; a test compares.
 */
export const CODE_PATTERN = `(?:[${CODE_ALPHABET}]{8,16}|[a-z0-9]{3,16}-[a-z0-9-]{2,32})`;
