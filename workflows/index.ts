export { deliveryRoute } from './deliveryRoute'
