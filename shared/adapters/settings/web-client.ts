import type { WebClient } from "#shared/ports/links";

/** The stage's own web client. */
export const stageWebClient = ({ APP_URL }: { readonly APP_URL: string }): WebClient => ({ url: APP_URL });
