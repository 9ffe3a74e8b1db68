export const devices = ["mobile", "tablet", "desktop"] as const;
export type Device = (typeof devices)[number];

const TABLET = /ipad|tablet|kindle|silk|android(?!.*mobile)/i;
const MOBILE = /mobi|iphone|ipod|android/i;

/**
 * What somebody holds, as their browser says. Of Android, tablets leave out "Mobile" (developer.chrome.com, "User-Agent
 * strings"); an iPad that asks for desktop sites says that it is a Mac, and is taken for one.
 */
export function deviceOf(agent: string): Device {
  if (TABLET.test(agent)) return "tablet";
  return MOBILE.test(agent) ? "mobile" : "desktop";
}

/** `deviceOf` for many visits: a batch has few distinct agents. */
export function deviceTeller(): typeof deviceOf {
  const known = new Map<string, Device>();
  return (agent) => {
    let device = known.get(agent);
    if (device === undefined) known.set(agent, (device = deviceOf(agent)));
    return device;
  };
}
