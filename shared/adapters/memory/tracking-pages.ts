import type { TrackingPages } from "#shared/ports/tracking";

export function memoryTrackingPages(): TrackingPages {
  const none = () => Promise.reject(new Error("not written"));
  return { load: none, save: none, noteHits: none, countedRetries: none, ofCampaign: () => Promise.resolve([]) };
}
