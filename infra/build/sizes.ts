/** `npm run build`: bundles every lambda and prints the sizes, largest first. */
import { bundle, sizesOf } from "./bundle.ts";

for (const { name, bytes } of sizesOf(await bundle())) console.log(`${String(bytes).padStart(9)}  ${name}`);
