import { memoryTrackingPages } from "#shared/adapters/memory/tracking-pages";
import { trackingPagesSuite } from "../suites/tracking-pages.ts";

trackingPagesSuite(memoryTrackingPages);
