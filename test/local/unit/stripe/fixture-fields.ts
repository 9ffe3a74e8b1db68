/**
 * The fields of Stripe's objects: `name:type` by the object's name and, where it holds others, their path. Types are
 * s(tring), n(umber), b(oolean), o(bject) and a(rray); `?` may be null.
 * The names are those of https://github.com/stripe/openapi/blob/master/openapi/fixtures3.json (of 2026-08-21), their
 * types and which may be null those of the `stripe` package 23.1.0 (`esm/resources`).
 */
export const fixtureFields: Readonly<Record<string, string>> = {
  "customer.invoice_settings": "custom_fields:a? default_payment_method:s? footer:s? rendering_options:o?",
  customer: `
    address:o? balance:n created:n currency:s? default_source:s? delinquent:b? description:s? discount:o?
    email:s? id:s invoice_prefix:s invoice_settings:o livemode:b metadata:o name:s? next_invoice_sequence:n
    object:s phone:s? preferred_locales:a shipping:o? tax_exempt:s test_clock:s?
  `,
  payment_intent: `
    amount:n amount_capturable:n amount_details:o amount_received:n application:s? application_fee_amount:n?
    automatic_payment_methods:o? canceled_at:n? cancellation_reason:s? capture_method:s client_secret:s?
    confirmation_method:s created:n currency:s customer:s? customer_account:s? description:s?
    excluded_payment_method_types:a? id:s last_payment_error:o? latest_charge:s? livemode:b managed_payments:o?
    metadata:o next_action:o? object:s on_behalf_of:s? payment_method:s? payment_method_configuration_details:o?
    payment_method_options:o? payment_method_types:a processing:o? receipt_email:s? review:s?
    setup_future_usage:s? shipping:o? source:s? statement_descriptor:s? statement_descriptor_suffix:s? status:s
    transfer_data:o? transfer_group:s?
  `,
  "charge.billing_details": "address:o? email:s? name:s? phone:s? tax_id:s?",
  "charge.outcome": `
    advice_code:s? network_advice_code:s? network_decline_code:s? network_status:s? reason:s? seller_message:s?
    type:s
  `,
  "charge.payment_method_details.card": `
    amount_authorized:n? authorization_code:s? brand:s? checks:o? country:s? exp_month:n exp_year:n
    extended_authorization:o fingerprint:s? funding:s? incremental_authorization:o installments:o? last4:s?
    mandate:s? multicapture:o network:s? network_token:o? network_transaction_id:s? overcapture:o
    regulated_status:s? three_d_secure:o? transaction_link_id:s? wallet:o?
  `,
  "charge.payment_method_details": "card:o type:s",
  charge: `
    amount:n amount_captured:n amount_refunded:n application:s? application_fee:s? application_fee_amount:n?
    balance_transaction:s? billing_details:o calculated_statement_descriptor:s? captured:b created:n currency:s
    customer:s? description:s? disputed:b failure_balance_transaction:s? failure_code:s? failure_message:s?
    fraud_details:o? id:s livemode:b metadata:o object:s on_behalf_of:s? outcome:o? paid:b payment_intent:s?
    payment_method:s? payment_method_details:o? receipt_email:s? receipt_number:s? receipt_url:s? refunded:b
    refunds:o? review:s? shipping:o? source:o? source_transfer:s? statement_descriptor:s?
    statement_descriptor_suffix:s? status:s transfer_data:o? transfer_group:s?
  `,
  "payment_method.billing_details": "address:o? email:s? name:s? phone:s? tax_id:s?",
  "payment_method.card.checks": "address_line1_check:s? address_postal_code_check:s? cvc_check:s?",
  "payment_method.card.networks": "available:a preferred:s?",
  "payment_method.card": `
    brand:s checks:o? country:s? display_brand:s? exp_month:n exp_year:n fingerprint:s? funding:s
    generated_from:o? last4:s networks:o? regulated_status:s? three_d_secure_usage:o? wallet:o?
  `,
  payment_method: `
    allow_redisplay:s billing_details:o card:o created:n customer:s? customer_account:s? id:s livemode:b
    metadata:o? object:s type:s
  `,
  balance: "available:a connect_reserved:a livemode:b object:s pending:a",
  balance_transaction: `
    amount:n available_on:n balance_type:s created:n currency:s description:s? exchange_rate:n? fee:n
    fee_details:a id:s net:n object:s reporting_category:s source:s? status:s type:s
  `,
  "event.data": "object:o",
  "event.request": "id:s? idempotency_key:s?",
  event: "api_version:s? created:n data:o id:s livemode:b object:s pending_webhooks:n request:o? type:s",
  "account.business_profile.annual_revenue": "amount:n? currency:s? fiscal_year_end:s?",
  "account.business_profile": `
    annual_revenue:o? estimated_worker_count:n? mcc:s? minority_owned_business_designation:a? name:s?
    product_description:s? support_address:o? support_email:s? support_phone:s? support_url:s? url:s?
  `,
  "account.capabilities": "card_payments:s transfers:s",
  "account.controller": "type:s",
  "account.future_requirements": `
    alternatives:a? current_deadline:n? currently_due:a? disabled_reason:s? errors:a? eventually_due:a?
    past_due:a? pending_verification:a?
  `,
  "account.requirements": `
    alternatives:a? current_deadline:n? currently_due:a? disabled_reason:s? errors:a? eventually_due:a?
    past_due:a? pending_verification:a?
  `,
  "account.settings.bacs_debit_payments": "display_name:s? service_user_number:s?",
  "account.settings.branding": "icon:s? logo:s? primary_color:s? secondary_color:s?",
  "account.settings.card_issuing.tos_acceptance": "date:n? ip:s?",
  "account.settings.card_issuing": "tos_acceptance:o",
  "account.settings.card_payments.decline_on": "avs_failure:b cvc_failure:b",
  "account.settings.card_payments": `
    decline_on:o statement_descriptor_prefix:s? statement_descriptor_prefix_kana:s?
    statement_descriptor_prefix_kanji:s?
  `,
  "account.settings.dashboard": "display_name:s? timezone:s?",
  "account.settings.invoices": "default_account_tax_ids:a? hosted_payment_method_save:s?",
  "account.settings.payments": `
    statement_descriptor:s? statement_descriptor_kana:s? statement_descriptor_kanji:s?
    statement_descriptor_prefix_kana:s? statement_descriptor_prefix_kanji:s?
  `,
  "account.settings.payouts.schedule": "delay_days:n interval:s",
  "account.settings.payouts": "debit_negative_balances:b schedule:o statement_descriptor:s?",
  "account.settings": `
    bacs_debit_payments:o branding:o card_issuing:o card_payments:o dashboard:o invoices:o payments:o payouts:o
    sepa_debit_payments:o
  `,
  "account.tos_acceptance": "date:n? ip:s? user_agent:s?",
  account: `
    business_profile:o? business_type:s? capabilities:o charges_enabled:b controller:o country:s created:n
    default_currency:s details_submitted:b email:s? external_accounts:o future_requirements:o id:s metadata:o
    object:s payouts_enabled:b requirements:o settings:o? tos_acceptance:o type:s
  `,
  account_link: "created:n expires_at:n object:s url:s",
  bank_account: `
    account_holder_name:s? account_holder_type:s? account_type:s? bank_name:s? country:s currency:s customer:s?
    fingerprint:s? id:s last4:s metadata:o? object:s routing_number:s? status:s
  `,
  transfer: `
    amount:n amount_reversed:n balance_transaction:s? created:n currency:s description:s? destination:s?
    destination_payment:s id:s livemode:b metadata:o object:s reversals:o reversed:b source_transaction:s?
    source_type:s transfer_group:s?
  `,
  transfer_reversal: `
    amount:n balance_transaction:s? created:n currency:s destination_payment_refund:s? id:s metadata:o? object:s
    source_refund:s? transfer:s
  `,
  "payout.trace_id": "status:s value:s?",
  payout: `
    amount:n application_fee:s? application_fee_amount:n? arrival_date:n automatic:b balance_transaction:s?
    created:n currency:s description:s? destination:s? failure_balance_transaction:s? failure_code:s?
    failure_message:s? id:s livemode:b metadata:o? method:s object:s original_payout:s? payout_method:s?
    reconciliation_status:s reversed_by:s? source_type:s statement_descriptor:s? status:s trace_id:o? type:s
  `,
  "refund.destination_details.card": "type:s",
  "refund.destination_details": "card:o type:s",
  refund: `
    amount:n balance_transaction:s? charge:s? created:n currency:s customer:s? customer_account:s?
    destination_details:o id:s metadata:o? object:s payment_intent:s? payment_method:s? reason:s?
    receipt_number:s? source_transfer_reversal:s? status:s? transfer_reversal:s?
  `,
  "dispute.evidence": `
    access_activity_log:s? billing_address:s? cancellation_policy:s? cancellation_policy_disclosure:s?
    cancellation_rebuttal:s? customer_communication:s? customer_email_address:s? customer_name:s?
    customer_purchase_ip:s? customer_signature:s? duplicate_charge_documentation:s?
    duplicate_charge_explanation:s? duplicate_charge_id:s? enhanced_evidence:o product_description:s? receipt:s?
    refund_policy:s? refund_policy_disclosure:s? refund_refusal_explanation:s? service_date:s?
    service_documentation:s? shipping_address:s? shipping_carrier:s? shipping_date:s? shipping_documentation:s?
    shipping_tracking_number:s? uncategorized_file:s? uncategorized_text:s?
  `,
  "dispute.evidence_details": "due_by:n? enhanced_eligibility:o has_evidence:b past_due:b submission_count:n",
  "dispute.payment_method_details.card": "brand:s case_type:s network:s network_reason_code:s",
  "dispute.payment_method_details": "card:o type:s",
  dispute: `
    amount:n balance_transactions:a charge:s created:n currency:s enhanced_eligibility_types:a evidence:o
    evidence_details:o id:s is_charge_refundable:b livemode:b metadata:o object:s payment_intent:s?
    payment_method_details:o reason:s status:s
  `,
};
