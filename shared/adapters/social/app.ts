import type { NetworkSetting } from "#shared/ports/social-settings";

/** Our app with one network. */
export interface App {
  readonly setting: NetworkSetting;
  /** Where people come back to, as it is registered there, to the letter. */
  readonly redirectUri: string;
  /** The client secret of the moment. */
  readonly secret: () => Promise<string>;
}
