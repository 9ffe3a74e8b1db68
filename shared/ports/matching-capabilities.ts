/** Rows of the catalogue about finding creators. */
import { stored } from "./capability.ts";
import type { Candidates, CreatorCards, Creators, Exposures, IndexRebuilds, PastResults } from "./matching.ts";

export const matchingCapabilities = {
  "creators:find": stored<Creators>()({ gets: ["account", "creatorCard"], queries: ["indexEntry", "directoryEntry"] }),
  "candidates:find": stored<Candidates>()({
    gets: ["account", "creatorCard", "invitation", "participant"],
    queries: ["indexEntry"],
  }),
  "creatorCards:read": stored<CreatorCards>()({ gets: ["creatorCard"] }),
  /** With the places in the index that follow from it. */
  "creatorCards:write": stored()({
    commits: ["creatorCard"],
    writes: ["indexEntry"],
    removes: ["creatorCard", "indexEntry"],
  }),
  "indexRebuilds:read": stored<IndexRebuilds>()({ gets: ["indexRebuild"] }),
  "indexRebuilds:write": stored()({ commits: ["indexRebuild"] }),
  "pastResults:read": stored<Pick<PastResults, "get">>()({ gets: ["pastResult"] }),
  "pastResults:list": stored<Pick<PastResults, "ofCreator">>()({ queries: ["pastResult"] }),
  "pastResults:write": stored()({ commits: ["pastResult"] }),
  "exposures:note": stored<Pick<Exposures, "note">>()({ writes: ["exposure"] }),
  "exposures:list": stored<Pick<Exposures, "ofDay">>()({ lists: ["exposure.ofDay"] }),
} as const;
