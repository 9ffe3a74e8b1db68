import * as z from "zod";
import type { StageFeatures } from "#shared/ports/stage-features";

/** What the stage was deployed with. @throws when it is none: a deploy's defect, at cold start. */
export const configuredFeatures = ({ STAGE_FEATURES }: { readonly STAGE_FEATURES: string }): StageFeatures => ({
  all: z.array(z.string()).parse(JSON.parse(STAGE_FEATURES)),
});
