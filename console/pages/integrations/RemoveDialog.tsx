import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { useChange } from '../../parts/useChange'
import { vendorWords } from '../../parts/words'

/** Forgets an integration and its secrets. */
export function RemoveDialog({ vendor, onClose }: { vendor: Shown['Integration']['vendor']; onClose: () => void }) {
  const { companyId } = useCompany()
  const title = vendorWords[vendor]
  const remove = useChange({
    change: () =>
      answered(
        api.DELETE('/v1/companies/{companyId}/integrations/{vendor}', { params: { path: { companyId, vendor } } }),
      ),
    makesOld: [['integrations', companyId]],
    done: () => `${title}: the integration is removed.`,
  })
  return (
    <FormDialog
      title={`Remove the integration: ${title}?`}
      does="Remove"
      danger
      onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault()
        remove.mutate(undefined, { onSuccess: onClose })
      }}
      pending={remove.isPending}
      error={remove.error}
    >
      <p>
        Its secrets are forgotten and its webhooks refused, so arrivals of trucks with its devices are not noticed until
        it is set up again.
      </p>
    </FormDialog>
  )
}
