/** Where a mail's button leads to, in the web client, and what it says. */
export interface Button {
  readonly label: string;
  readonly url: string;
}
