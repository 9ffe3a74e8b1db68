import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { ClickArchive } from "#shared/ports/tracking";
import { asking } from "./asking.ts";
import type { Asked } from "./signing.ts";

interface Environment {
  readonly ARCHIVE_BUCKET: string;
  readonly ARCHIVE_ORIGIN: string;
  readonly ARCHIVE_REGION: string;
}

/** Firehose gathers 64 MB, which are a tenth of it compressed. */
const REQUEST_MS = 30_000;

const unzipped = promisify(gunzip);

/** Firehose's names, and marks of its own among our prefixes, hold nothing that XML would write in another way. */
const keysIn = (list: string): readonly string[] =>
  [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);

/** Hits where Firehose put them (infra/constructs/click-archive.ts): by the hour in which they came. */
export function s3ClickArchive({ ARCHIVE_BUCKET, ARCHIVE_ORIGIN, ARCHIVE_REGION }: Environment): ClickArchive {
  const bucket = {
    name: ARCHIVE_BUCKET,
    origin: ARCHIVE_ORIGIN,
    region: ARCHIVE_REGION,
    credentials: defaultProvider(),
  };
  const ask = asking(bucket, REQUEST_MS);
  const fetch = async (asked: Asked): Promise<Buffer> => (await ask(asked, [200])).body;
  return {
    async *arrivedIn(hour) {
      const prefix = `clicks/${hour.replaceAll(/[-T]/g, "/")}/`;
      for (let after = ""; ;) {
        // Keys in order, a thousand at a time. Source: Amazon S3 API reference, ListObjectsV2.
        const query = { "list-type": "2", prefix, ...(after !== "" && { "start-after": after }) };
        const list = (await fetch({ method: "GET", key: "", query })).toString("utf8");
        const keys = keysIn(list);
        for (const key of keys) yield (await unzipped(await fetch({ method: "GET", key }))).toString("utf8");
        after = keys.at(-1) ?? "";
        if (after === "" || !list.includes("<IsTruncated>true</IsTruncated>")) return;
      }
    },
  };
}
