import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { FunctionUrl } from "aws-cdk-lib/aws-lambda";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { EdgeLogs } from "../constructs/edge-logs.ts";
import { firewallMetricsOf } from "../names.ts";
import type { Stage } from "../stages.ts";

export interface EdgeStackProps extends StackProps {
  readonly stage: Stage;
  /** Of the action that redirects visitors. */
  readonly clickUrl: FunctionUrl;
}

/**
 * Requests of one address in five minutes, 200 a second, before it is answered 429. Thousands of people share an address
 * behind a carrier's NAT, and a campaign may send them all at once; what is cut here is a machine that costs money. Who
 * repeats is told by the rollup, not by the firewall. The firewall costs $5 a month, this rule $1, and a million requests
 * $0.60 (AWS WAF pricing).
 */
const REQUESTS_PER_ADDRESS = 60_000;

/**
 * Headers that the click function looks at: ten at most, unless AWS raises it (CloudFront's quotas), and without `Host`, which
 * would not be the Function URL's own. Country and network are CloudFront's word, in place of whatever the client claims, and cost
 * nothing more ("Add CloudFront request headers"). Nothing is cached, so there is no key that grows by it.
 */
const PASSED_ON = [
  "x-viewer-address",
  "user-agent",
  "referer",
  "accept-language",
  "sec-purpose",
  "purpose",
  "x-purpose",
  "x-moz",
  "cloudfront-viewer-country",
  "cloudfront-viewer-asn",
];

/** Where visitors of short links arrive: nothing is cached, and the click function can be reached in no other way. */
export class EdgeStack extends Stack {
  readonly distributionId: string;

  constructor(scope: Construct, id: string, { stage, clickUrl, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const shapeCheck = new EdgeFunction(this, "LinkRequest", {
      code: FunctionCode.fromInline(readFileSync(join(import.meta.dirname, "..", "edge", "link-request.js"), "utf8")),
      runtime: FunctionRuntime.JS_2_0,
      comment: "Refuses what is no link and names the viewer's address",
    });
    const domain = stage.linkDomain;
    const distribution = new Distribution(this, "Links", {
      comment: `Short links, ${stage.name}`,
      defaultBehavior: {
        origin: FunctionUrlOrigin.withOriginAccessControl(clickUrl, { readTimeout: Duration.seconds(10) }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: new OriginRequestPolicy(this, "WhatVisitsSay", {
          originRequestPolicyName: `${this.stackName}-visits`,
          comment: "What the click function looks at, and nothing else",
          headerBehavior: OriginRequestHeaderBehavior.allowList(...PASSED_ON),
          queryStringBehavior: OriginRequestQueryStringBehavior.all(),
        }),
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        functionAssociations: [{ function: shapeCheck, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
      }),
      ...(stage.firewall && { webAclId: this.firewall(stage) }),
    });
    if (stage.edgeLogs) new EdgeLogs(this, "AccessLogs", { stage, distribution });
    this.distributionId = distribution.distributionId;
    new CfnOutput(this, "DistributionDomainName", {
      value: distribution.distributionDomainName,
      description: "What the links' domain points to",
    });
  }

  private firewall({ name: stage }: Stage): string {
    const { webAcl, rule } = firewallMetricsOf(stage);
    const named = (name: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
      metricName: name,
    });
    return new CfnWebACL(this, "Firewall", {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: named(webAcl),
      rules: [
        {
          name: "one-address",
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: {
            rateBasedStatement: { limit: REQUESTS_PER_ADDRESS, aggregateKeyType: "IP", evaluationWindowSec: 300 },
          },
          visibilityConfig: named(rule),
        },
      ],
    }).attrArn;
  }
}
