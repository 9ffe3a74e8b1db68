import { actions } from "./index.ts";

const routes = actions.flatMap(({ contract }) =>
  contract.trigger === "http" && !contract.catchAll ? [contract.route] : [],
);
const patterns = routes.map((route) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, path: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`) };
});

/** Methods that the API knows at a path; none when there is no such path. */
export const methodsAt = (path: string): string[] => [
  ...new Set(patterns.filter((pattern) => pattern.path.test(path)).map(({ method }) => method)),
];
