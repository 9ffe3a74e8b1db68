/** The `error` object of a Stripe reply, without what the server adds to every one (`request_log_url`). */
export interface StripeErrorBody {
  readonly type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  readonly message: string;
  readonly code?: string;
  readonly doc_url?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly charge?: string;
  readonly payment_intent?: object;
  readonly payment_method?: object;
}

/** An answer of Stripe that is not a success. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: StripeErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.status = status;
    const docUrl = body.code && `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}`;
    this.body = docUrl ? { ...body, doc_url: docUrl } : body;
    this.headers = headers;
  }
}

/** A 400 `invalid_request_error`. */
export function invalidRequest(message: string, details: Omit<Partial<StripeErrorBody>, "type" | "message"> = {}) {
  return new StripeRefusal(400, { type: "invalid_request_error", message, ...details });
}

/** A parameter nobody knows. */
export function parameterUnknown(names: readonly string[]): StripeRefusal {
  const noun = names.length > 1 ? "parameters" : "parameter";
  return invalidRequest(`Received unknown ${noun}: ${names.join(", ")}`, {
    code: "parameter_unknown",
    param: names[0] ?? "",
  });
}

/** A required parameter that is absent. */
export function parameterMissing(param: string): StripeRefusal {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

/**
 * An id that names nothing: 404 when it is the object asked for, 400 when it is a parameter.
 * @param noun The object as Stripe spells it in messages, for example `customer` or `PaymentMethod`.
 */
export function resourceMissing(noun: string, id: string, param: string, status: 400 | 404): StripeRefusal {
  return new StripeRefusal(status, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${noun}: '${id}'`,
    param,
  });
}

/** The answer to a path or method that no resource serves. */
export function unrecognizedUrl(method: string, path: string): StripeRefusal {
  const hint = path.endsWith("/")
    ? "If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. "
    : "";
  return new StripeRefusal(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). ${hint}Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}
