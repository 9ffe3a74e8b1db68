/** What a QR code adds to its link's address, so that whoever follows it is known to have scanned it. */
const SCANNED = "src=qr";

/** The address that a QR code holds. @param url of a link, without a query */
export const scanAddress = (url: string): string => `${url}?${SCANNED}`;

/** Whether a visitor's query says that they came by a QR code. */
export const isScan = (query: string): boolean => `&${query}&`.includes(`&${SCANNED}&`);

/** Whether a pair of a query is the QR code's own, which goes no further. */
export const isScanMark = (pair: string): boolean => pair === SCANNED;
