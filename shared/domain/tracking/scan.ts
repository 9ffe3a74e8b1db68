/** What a QR code adds to its link's address, so that whoever follows it is known to have scanned it; it goes no further. */
export const SCAN_MARK = "src=qr";

/** The address that a QR code holds. @param url of a link, without a query */
export const scanAddress = (url: string): string => `${url}?${SCAN_MARK}`;

/** Whether a visitor's query says that they came by a QR code. */
export const isScan = (query: string): boolean => query.split("&").includes(SCAN_MARK);
