/** An account's owner, where a script plays them. */

/** What they come back to the app with. */
export interface Returned {
  readonly code: string;
  readonly state: string;
}

/** Consents on a stand-in's page as `account`, which joins the network where it is nobody yet. @throws when it is not sent back */
export async function consentAs(account: string, authorizationUrl: string): Promise<Returned> {
  const page = new URL(authorizationUrl);
  page.searchParams.set("decision", "allow");
  page.searchParams.set("account", account);
  const reply = await fetch(page, { redirect: "manual" });
  const answer = await reply.text();
  const location = reply.headers.get("location");
  const back = location === null ? undefined : new URL(location).searchParams;
  const [code, state] = [back?.get("code"), back?.get("state")];
  if (!code || !state) throw new Error(`the page of consent answered ${reply.status}: ${location ?? answer}`);
  return { code, state };
}
