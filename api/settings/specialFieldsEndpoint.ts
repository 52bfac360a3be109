import { z } from 'zod'
import { contractFieldNames } from '../../db/contracts'
import { currentSettings } from '../../db/settingsVersions'
import { sampleFields } from '../../domain/templates/sampleFields'
import { specialFields } from '../../domain/templates/specialFields'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { companyPath } from '../schemas/common'

const listSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        field: z.string().meta({ description: 'As it is written between `{{` and `}}`.' }),
        description: z.string(),
        example: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'SpecialFields' })

export const specialFieldsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/settings/special-fields',
  tag: 'Settings',
  summary: 'List the special fields of templates',
  description:
    'The closed list, and the fields that the company’s contracts carry, by the 500 highest contract numbers.',
  access: { roles: readers },
  params: companyPath,
  answers: { 200: { description: 'What may stand in a template.', schema: listSchema } },
  async handle({ params: { companyId } }, { db }) {
    const company = await companyOr404(db, companyId)
    const { settings } = await currentSettings(db, companyId)
    const { name, phone } = company
    const values = { ...sampleFields(settings), company: { name, phone } } as object as Record<
      string,
      Record<string, unknown>
    >
    const exampleOf = (field: string) => {
      const [group = '', member = ''] = field.split('.')
      const value = values[group]?.[member]
      return typeof value === 'string' && value !== '' ? { example: value } : {}
    }
    const { 'contract.fields.NAME': ofContract, ...closed } = specialFields
    const own = (await contractFieldNames(db, companyId)).map((each) => ({
      field: `contract.fields.${each}`,
      description: ofContract.replace('NAME', each),
    }))
    const items: z.input<typeof listSchema>['items'] = [
      ...Object.entries(closed).map(([field, description]) => ({ field, description, ...exampleOf(field) })),
      ...own,
    ]
    return { status: 200, body: { items } }
  },
})
