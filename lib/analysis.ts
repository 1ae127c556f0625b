export { AksClusterProfile } from './aks/cluster-profile';
export type { DiagnosisField, DiagnosisRow, InvalidPolicy } from './aks/diagnosis';
export type { NotJudged } from './aks/enforcement';
export type { Departure } from './aks/engine-departures';
export {
  type Conversion,
  type ConversionNote,
  describeConversionNote,
  type Manifest,
  type TwinKind,
} from './convert/conversion';
export { type ConvertOptions, convertPolicies } from './convert/convert-policies';
export { type Cause, describeCause } from './diff/cause';
export { changeWords } from './diff/change-words';
export type { ChangeWord, ConnectionChange, OpenPorts } from './diff/connection-change';
export { diffConnections } from './diff/diff-connections';
export { type EntryChange, type EntryWord, entryChanges } from './diff/entry-change';
export { type IsolationChange, isolationChanges } from './diff/namespace-isolation';
export { type NotBuiltChange, notBuiltChanges } from './diff/not-built-change';
export {
  type ChangeCount,
  type ChangeSummary,
  describeSummary,
  type EntryCount,
  type SummaryOptions,
  summarizeChanges,
} from './diff/summary';
export type { Acceptance, Acceptor, AcknowledgedFinding } from './lint/acceptances';
export { RULES } from './lint/catalogue';
export type { LintOptions } from './lint/context';
export { type LintReport, lint, type NotApplicable } from './lint/lint-cluster';
export type { LintRule } from './lint/lint-rule';
export { rulePage } from './lint/rule-page';
export type { AppLike, ChartLike, ManifestInput, ManifestText } from './manifests/inputs';
export { type LintConfig, readLintConfig } from './manifests/lint-config';
export { type ReadManifests, type ReadManifestsOptions, readManifests } from './manifests/read-manifests';
export type { AskedRequest } from './model/asked-request';
export type {
  Cluster,
  ClusterNode,
  ContainerPort,
  Ingress,
  IngressBackend,
  Maker,
  Namespace,
  NetworkPolicyEntry,
  Pod,
  PodPhase,
  PolicyEntry,
  PolicyObject,
  Service,
  ServicePort,
  UnjudgedPolicy,
  Unreadable,
  Workload,
} from './model/cluster';
export type { EngineName, EngineProfile } from './model/engine-profile';
export { type Destination, describeEntryPoint, type EntryPoint } from './model/entry-points';
export type { ExpectedWorkload } from './model/expected-end';
export type { FieldPath } from './model/field-path';
export {
  type Acknowledgement,
  type Expectation,
  type FailOn,
  type FieldPlaces,
  type FindingCode,
  type Intent,
  joinIntents,
  type LintFinding,
  NO_INTENT,
  type ObjectReference,
  type ProgramAcknowledgement,
  type ProgramIntent,
  type ProgramWords,
  type Severity,
} from './model/finding';
export { describeNotBuilt, type Inventory, type NotBuilt } from './model/inventory';
export { type AddressRange, IpSet } from './model/ip-set';
export type { SelectorOperator } from './model/label-selector';
export { describeManifestProblem, type ManifestProblem } from './model/manifest-problem';
export { networkPolicyEntry } from './model/network-policy-entry';
export type { WorkloadKind } from './model/object-kinds';
export { describePlace, type Place } from './model/place';
export { PodSet } from './model/pod-set';
export type {
  AddressPeer,
  EntityPeer,
  FilteredRequest,
  NamePeer,
  PodPeer,
  PodSelection,
  PolicyRules,
  PolicySubject,
  Section,
  Tier,
  TrafficFilter,
  TrafficPeer,
  TrafficPort,
  TrafficRule,
} from './model/policy-rules';
export { type PortRange, PortSet } from './model/port-set';
export { NetworkPolicyError, type Problem, type ProblemCode } from './model/problem';
export type { CiliumMinor, CiliumOption, Refusal } from './model/refusal';
export type { ProgramReference, SourcePosition } from './model/source-position';
export type { FieldChange } from './plan/field-changes';
export type { DriftWord, PolicyDrift } from './plan/policy-drift';
export type { PlannedAction, PlanResult } from './plan/policy-plan';
export type { ExposureFilter, Reached } from './reachability/answers/exchanges';
export type { Entry, Exposure } from './reachability/answers/list-exposure';
export type { Connection, ConnectionFilter } from './reachability/answers/parties';
export { describePossible, type Member, type Party, type PossiblePods } from './reachability/answers/parties';
export { PartyWords } from './reachability/answers/party-words';
export type { MisspeltPeer, UndeclaredPorts } from './reachability/answers/slips';
export type {
  AskedQuestion,
  Filtering,
  NearestMiss,
  Outcome,
  PolicyReference,
  Question,
  RefusedPolicy,
  RuleReference,
  Side,
  Verdict,
} from './reachability/answers/verdict';
export type { AskedPods } from './reachability/judging/asked-pods';
export type { Doubt } from './reachability/judging/question-ends';
export {
  type JudgeOptions,
  type PolicyChange,
  Reachability,
  type SelectingPolicy,
} from './reachability/reachability';
export {
  type CauseJson,
  type ChangeListingOptions,
  type ConnectionChangeJson,
  changeListing,
  type EntryChangeJson,
  type NotBuiltChangeJson,
  type OpenPortsJson,
} from './render/change-listing';
export { type ChangeTable, changeTable, type DescribedChange } from './render/change-table';
export { type ConnectionJson, connectionListing } from './render/connection-listing';
export { connectionTable, type ToldConnection } from './render/connection-table';
export type { ConvertedPolicyJson } from './render/converted-policies';
export {
  type EntryJson,
  type ExposureJson,
  exposureListing,
  type ReachedJson,
} from './render/exposure-listing';
export { exposureTable, type ToldExposure } from './render/exposure-table';
export type { ImportedPolicyJson } from './render/imported-policies';
export {
  type CountedAcknowledgements,
  hasFailed,
  type LintAnswer,
  type LintRenderer,
  type LintRenderOptions,
} from './render/lint-answer';
export type { ProblemJson } from './render/lint-json';
export type {
  EntryPointJson,
  MakerJson,
  PartyJson,
  PossibleJson,
  RequirementJson,
  SelectionJson,
  SelectorJson,
  WorkloadJson,
} from './render/listed-parties';
export type {
  Column,
  Edge,
  EdgeEnd,
  Head,
  Listing,
  Renderer,
  Scene,
  Tabular,
  TabularRenderer,
} from './render/listing';
export {
  FOR_PERSONS,
  type Format,
  LINT_RENDERERS,
  type LintFormat,
  PICTURES,
  type PictureFormat,
  RENDERERS,
} from './render/outputs';
export type { ChangedPolicyJson, KindCount, RefusalJson } from './render/policy-changes';
export type { PolicyRow } from './render/policy-listing';
export type { MeantWorkloads, PolicyPortrait, SelectedWorkload } from './render/policy-portrait';
export { sceneOf, sceneOfVersions } from './render/scene';
export {
  type FilteringJson,
  type NearestMissJson,
  type RuleReferenceJson,
  type SideJson,
  type VerdictJson,
  verdictListing,
} from './render/verdict-listing';
export type { AskedConnection, AskedEnd } from './testing/asked-ends';
export type { Check } from './testing/check';
export { checkAllowsOnly } from './testing/check-allows-only';
export { checkIsolates } from './testing/check-isolation';
export { checkAllows, checkDenies } from './testing/check-verdict';
export { connectivityTable } from './testing/connectivity-table';
export { knownOnly, type Subject, type SubjectWithOptions, withProfile } from './testing/subject';
