import { Router } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { sendJson } from '../http/send-json.js';
import { isRecord } from '../is-record.js';
import { MAXIMUM_MEMBERS } from '../resources/organization.resource.js';
import { roles } from '../roles.js';

/**
 * `instance.getOrganizationSettings()`, and the one setting that can be changed: `PATCH` with
 * `force_organization_selection`, which Clerk has in its dashboard, leaves nobody without an organisation.
 */
export function instanceRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router
    .route('/instance/organization_settings')
    .get((_request, response) => sendJson(response, settings()))
    .patch((request, response) => {
      const body: unknown = request.body;
      const forced = isRecord(body) ? body['force_organization_selection'] : undefined;
      if (typeof forced !== 'boolean') {
        const message = 'The local Clerk can change force_organization_selection only: true or false.';
        throw new ApiError(422, 'form_param_format_invalid', message, 'force_organization_selection');
      }
      store.state.forceOrganizationSelection = forced;
      store.save();
      sendJson(response, settings());
    });

  return router;

  function settings() {
    return {
      object: 'organization_settings',
      enabled: true,
      max_allowed_memberships: MAXIMUM_MEMBERS,
      max_allowed_roles: roles.length,
      max_allowed_permissions: 50,
      creator_role: roles[0].key,
      admin_delete_enabled: true,
      domains_enabled: false,
      slug_disabled: false,
      domains_enrollment_modes: [],
      domains_default_role: 'org:member',
      force_organization_selection: store.state.forceOrganizationSelection ?? false,
    };
  }
}
