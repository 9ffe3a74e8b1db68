import { dataCentres } from "./data-centres.ts";

/**
 * What hits are told apart by, as data. Counts are a function of raw hits and `version`: whoever changes a line here, or takes
 * another version of `isbot`, whose list of robots is the rest of it, raises the version (a test holds them together), and
 * days can be restated. All names are looked for in any case, as regular expressions.
 */
export const rules = {
  version: "3",

  /** Of one visitor on one link and day: one hit is valid, up to so many are repeats, more is a burst. */
  repeats: 99,

  /** `Sec-Purpose` (Fetch standard; WICG nav-speculation for `prerender`) and what browsers sent before it. */
  prefetches: ["prefetch", "prerender", "preview"],

  /**
   * Fetchers that draw a card for a shared link: somebody posted it, nobody has followed it yet. Sources: what each says of
   * itself, as collected in monperrus/crawler-user-agents.
   */
  previews: [
    "facebookexternalhit",
    "facebookcatalog",
    "meta-external(hit|fetcher)",
    "slackbot",
    "slack-imgproxy",
    "twitterbot",
    "^whatsapp",
    "linkedinbot",
    "discordbot",
    "telegrambot",
    "skypeuripreview",
    "microsoftpreview",
    "bingpreview",
    "google web preview",
    "yahoo link preview",
    "redditbot",
    "pinterest(bot)?/\\d",
    "^tumblr/",
    "vkshare",
    // Viber's own browser says its name at the end.
    "^viber",
    "iframely",
    "embedly",
    "snap ?url ?preview",
    "kakaotalk-scrap",
    "bluesky ?(cardyb|previewbot)",
    // Every server of the fediverse that sees a post fetches it for itself, all within a minute.
    "mastodon/",
    "(pleroma|akkoma|misskey|calckey|friendica|lemmy|peertube|pixelfed)[ /]",
    "googlemessages",
    "flipboardproxy",
    "mattermost-bot",
    "chatwork linkpreview",
    "link-?preview",
  ],

  /** Robots that `isbot` takes for browsers. */
  robots: ["gtmetrix"],

  /** Programs that announce themselves, first of all, and that lists of robots know only in part. */
  programs: [
    "curl",
    "wget",
    "libcurl",
    "python",
    "aiohttp",
    "java",
    "okhttp",
    "apache-httpclient",
    "go-http-client",
    "axios",
    "node",
    "undici",
    "got",
    "deno",
    "bun",
    "ruby",
    "perl",
    "libwww-perl",
    "php",
    "guzzlehttp",
    "httpie",
    "postmanruntime",
    "insomnia",
    "powershell",
    "dart",
    "reqwest",
  ],

  /** Whose clicks are machines', where nothing that they say of themselves says so. */
  dataCentres,
} as const;
