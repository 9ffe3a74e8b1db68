import type { MailLinks } from "#shared/domain/notifications/mail/unsubscribe-link";

/** Where mails lead to, as the stage was deployed. */
export const configuredMailLinks = ({
  API_ORIGIN,
  APP_URL,
}: {
  readonly API_ORIGIN: string;
  readonly APP_URL: string;
}): MailLinks => ({ apiOrigin: API_ORIGIN, appUrl: APP_URL });
