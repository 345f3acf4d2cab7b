// Generated from sql/buyer_profile.sql by "npm run generate"; do not edit.
import { PreparedQuery } from '../prepared-query.ts';

/** 'RegisterBuyer' parameters type */
export interface RegisterBuyerParams {
  fullName: string;
  phoneNumber?: string | null | void;
  preferredLanguage?: string | null | void;
  tenantId: string;
}

/** 'RegisterBuyer' return type */
export interface RegisterBuyerResult {
  full_name: string | null;
  id: string;
  user_id: string;
  version: number;
}

/** 'RegisterBuyer' query type */
export interface RegisterBuyerQuery {
  params: RegisterBuyerParams;
  result: RegisterBuyerResult;
}

const registerBuyerIR: any = {"usedParamSet":{"fullName":true,"phoneNumber":true,"preferredLanguage":true,"tenantId":true},"params":[{"name":"fullName","required":true,"transform":{"type":"scalar"},"locs":[{"a":110,"b":119}]},{"name":"phoneNumber","required":false,"transform":{"type":"scalar"},"locs":[{"a":122,"b":133}]},{"name":"preferredLanguage","required":false,"transform":{"type":"scalar"},"locs":[{"a":145,"b":162}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":198,"b":207}]}],"statement":"select b.id as \"id!\", b.user_id as \"user_id!\", b.full_name, b.version as \"version!\"\n  from api.register_buyer(:fullName!, :phoneNumber, coalesce(:preferredLanguage, 'en')) as b\n where b.tenant_id = :tenantId!"};

/**
 * Makes the shopper of this session a buyer of the tenant. ALREADY_EXISTS, INVALID_INPUT.
 */
export const registerBuyer = new PreparedQuery<RegisterBuyerParams,RegisterBuyerResult>(registerBuyerIR);


